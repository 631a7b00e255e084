interface Policy {
  createScriptURL(url: string): string;
  createScript(code: string): string;
}
declare const trustedTypes: { createPolicy(name: string, rules: Policy): Policy } | undefined;

const same = (text: string) => text;
let policy: Policy | undefined;

/**
 * Vouches for addresses and code that the web team or a vendor of its choice wrote. A page that enforces Trusted Types has
 * to allow the policy `consentry`; the page's own rules are asked at the first use.
 */
export const trust = (): Policy =>
  (policy ??=
    typeof trustedTypes === 'object'
      ? trustedTypes.createPolicy('consentry', { createScriptURL: same, createScript: same })
      : { createScriptURL: same, createScript: same });
