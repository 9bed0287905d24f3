const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualified = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** RFC 1123 label: at most 63 of [a-z0-9-], neither first nor last a dash. */
export const isDnsLabel = (text: string): boolean => text.length <= 63 && label.test(text);

/** RFC 1123 subdomain: labels joined by dots, at most 253. */
export const isDnsSubdomain = (text: string): boolean => text.length <= 253 && subdomain.test(text);

/** Key of a Kubernetes label: an optional DNS subdomain and a slash, then at most 63 of [A-Za-z0-9-_.]. */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash >= 0 && !isDnsSubdomain(text.slice(0, slash))) return false;
  const name = text.slice(slash + 1);
  return name.length <= 63 && qualified.test(name);
}

/** Value of a Kubernetes label: empty, or at most 63 of [A-Za-z0-9-_.] that begin and end with a letter or digit. */
export const isLabelValue = (text: string): boolean =>
  text === '' || (text.length <= 63 && qualified.test(text));

/** IANA service name (RFC 6335 §5.1), in either case: at most 15 of [A-Za-z0-9-], a letter, no double dash. */
export const isPortName = (text: string): boolean =>
  text.length <= 15 &&
  /^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?$/.test(text) &&
  /[A-Za-z]/.test(text) &&
  !text.includes('--');
