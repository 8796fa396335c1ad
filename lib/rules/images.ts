import { Cluster } from '../cluster';
import { forEach, rule, Rule } from './rule';
import { isDnsSubdomain } from './syntax';

/** The characters of image references. */
const CHARACTERS = 'letters, digits and . _ - / : @ [ ]';
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

/** Rules on `images`. */
export const imagesRules: readonly Rule<Cluster>[] = [
  imageReference('server'),
  imageReference('xtrabackup'),
  namedRelease('server', 'mysql:8.4.6'),
  namedRelease('xtrabackup', 'percona/percona-xtrabackup:8.4'),
  rule(
    // The image decides which statements and options the server knows.
    'images.server',
    'is of the same series as `version`, as far as its tag says',
    ({ images, version }) => [undefined, version.series].includes(taggedSeries(images.server)),
    ({ images: { server }, version }) =>
      `images.server: "${server}" is MySQL ${taggedRelease(server)}, but version is ${version.tag}. Set both alike, for example version: MySqlVersion.of('${taggedRelease(server)}')`,
  ),
  rule(
    'images.registry',
    'is the beginning of an image reference, without a scheme or a trailing `/`',
    ({ images: { registry } }) => registry === undefined || (isReference(registry) && !registry.endsWith('/')),
    ({ images: { registry } }) =>
      `images.registry: ${JSON.stringify(registry)} is not the beginning of an image reference. Use ${CHARACTERS}, without a scheme or a trailing "/", for example registry.example.com/mirror`,
  ),
  rule(
    'images.pullPolicy',
    'is `Always`, `IfNotPresent` or `Never`',
    ({ images: { pullPolicy } }) => pullPolicy === undefined || PULL_POLICIES.includes(pullPolicy),
    ({ images: { pullPolicy } }) => `images.pullPolicy: "${pullPolicy}" is unknown. Use Always, IfNotPresent or Never`,
  ),
  ...forEach(
    ({ images }: Cluster) => images.pullSecrets,
    rule<string>(
      'images.pullSecrets',
      'has only names of Secrets: at most 253 lower-case letters, digits, `-` and `.`',
      isDnsSubdomain,
      (secret) =>
        `images.pullSecrets: "${secret}" is not a valid name of a Secret. Use at most 253 lower-case letters, digits, "-" and "."`,
    ),
  ),
];

function imageReference(image: 'server' | 'xtrabackup'): Rule<Cluster> {
  return rule(
    `images.${image}`,
    'is an image reference: letters, digits and `.`, `_`, `-`, `/`, `:`, `@`, `[`, `]`, without a scheme',
    ({ images: { [image]: reference, registry } }) =>
      // A default image is not refused for its registry, which has a rule itself.
      reference === undefined || isReference(reference) || reference.startsWith(`${registry}/`),
    ({ images: { [image]: reference } }) =>
      `images.${image}: ${JSON.stringify(reference)} is not an image reference. Use ${CHARACTERS}, without a scheme, for example registry.example.com/image:tag`,
  );
}

function namedRelease(image: 'server' | 'xtrabackup', example: string): Rule<Cluster> {
  return rule(
    `images.${image}`,
    'has a tag other than `latest`, or a digest',
    ({ images: { [image]: reference } }) =>
      reference === undefined || !isReference(reference) || !/(^|\/)[^/:@]+(:(latest)?)?$/.test(reference),
    ({ images: { [image]: reference } }) =>
      `images.${image}: "${reference}" has no tag, or the tag latest, so it may be another series tomorrow. Use a tag that names the release, or a digest, for example ${example}`,
  );
}

function isReference(text: string): boolean {
  return /^[\w./:@[\]-]+$/.test(text) && !text.includes('://');
}

/** The release that the tag of an official image names, such as `8.4.6`, or the series, such as `8.4`. */
function taggedRelease(image: string): string | undefined {
  return /(?:^|\/)mysql:(\d+\.\d+(?:\.\d+)?)[^/@]*$/.exec(image)?.[1];
}

function taggedSeries(image: string): string | undefined {
  return taggedRelease(image)?.split('.').slice(0, 2).join('.');
}
