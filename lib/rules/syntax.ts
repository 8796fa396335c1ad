/** Whether Kubernetes accepts a text as the name of a namespace, a port or a volume. */
export function isDnsLabel(text: string): boolean {
  return /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text) && text.length <= 63;
}

/** Whether Kubernetes accepts a text as the name of a Service, except for its length: at most 63 characters, and less where pods append to it. */
export function isServiceName(text: string): boolean {
  return /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(text);
}

/** Whether Kubernetes accepts a text as the name of a Secret or of a storage class. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label));
}

/** Whether Kubernetes accepts a text as a key of a Secret. */
export function isSecretKey(text: string): boolean {
  return /^[-._a-zA-Z0-9]+$/.test(text) && text.length <= 253;
}
