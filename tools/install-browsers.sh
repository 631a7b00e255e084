#!/bin/sh
# Installs browsers from Debian: the packages named, or all that the tests drive. Elsewhere install Chrome or Chromium
# and Firefox yourself; CHROME_PATH and FIREFOX_PATH point at them where they are not found.
set -eu
command -v apt-get >/dev/null || {
  echo "no apt-get: install Chrome or Chromium and Firefox, or set CHROME_PATH and FIREFOX_PATH" >&2
  exit 1
}
SUDO=""
if [ "$(id -u)" != 0 ]; then
  SUDO="sudo"
  # Without a terminal nobody can type a password.
  [ -t 0 ] || SUDO="sudo -n"
fi
[ $# -gt 0 ] || set -- chromium firefox-esr webkit2gtk-driver libwebkit2gtk-4.1-0 glib-networking xvfb fonts-dejavu-core
apt() { $SUDO env DEBIAN_FRONTEND=noninteractive apt-get "$@"; }
# One source of packages out of reach is no reason to give up: the index may be fresh enough.
apt update -q || true
apt install -y -q --no-install-recommends "$@"
