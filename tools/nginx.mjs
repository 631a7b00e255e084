import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

// Debian keeps servers where only root looks.
const MORE = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'];

const works = (path) => spawnSync(path, ['-v'], { stdio: 'ignore' }).status === 0;

/** The nginx that the server recipe is tested with; undefined where there is none. */
export function findNginx() {
  const { NGINX_PATH, PATH = '' } = process.env;
  // A path that is set and wrong must not be hidden by another nginx.
  if (NGINX_PATH) return works(NGINX_PATH) ? NGINX_PATH : undefined;
  return [...PATH.split(delimiter), ...MORE]
    .filter(Boolean)
    .map((folder) => join(folder, 'nginx'))
    .find(works);
}
