import { Cluster } from '../cluster';
import { secretNameRule } from './names';
import { Rule } from './rule';

/** What the images of a cluster must meet. */
export function imageRules({ images, version }: Cluster): Rule[] {
  const { server, xtrabackup, registry, pullPolicy, pullSecrets } = images;
  const [, release, series] = /(?:^|\/)mysql:((\d+\.\d+)(?:\.\d+)?)[^/@]*$/.exec(server) ?? [];
  return [
    ...Object.entries({ server, xtrabackup }).map(([image, reference]) => ({
      // The default image of a registry that is refused is not refused again.
      holds: reference === undefined || isReference(reference) || reference.startsWith(`${registry}/`),
      message: `images.${image}: ${JSON.stringify(reference)} is not the reference of an image. Use one without white space and scheme, for example registry.example.com/image:tag`,
    })),
    {
      // The image decides which statements and options the server knows.
      holds: series === undefined || series === version.series,
      message: `images.server: "${server}" is MySQL ${release}, and version is ${version.tag}. Set both, for example version: MySqlVersion.of('${release}')`,
    },
    {
      holds: registry === undefined || (isReference(registry) && !registry.endsWith('/')),
      message: `images.registry: ${JSON.stringify(registry)} is not the prefix of an image. Use one without white space, scheme and "/" at its end, for example registry.example.com/mirror`,
    },
    {
      holds: [undefined, 'Always', 'IfNotPresent', 'Never'].includes(pullPolicy),
      message: `images.pullPolicy: "${pullPolicy}" is unknown. Use Always, IfNotPresent or Never`,
    },
    ...pullSecrets.map((secret) => secretNameRule('images.pullSecrets', secret)),
  ];
}

function isReference(text: string): boolean {
  return /^\S+$/.test(text) && !text.includes('://');
}
