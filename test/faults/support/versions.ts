import { small } from '../../e2e/support/cluster';
import { kubectl } from '../../e2e/support/kubectl';
import { Versions } from './results';

/** The versions that the faults run on. */
export async function versions(): Promise<Versions> {
  const { serverVersion } = JSON.parse(await kubectl(['version', '-o', 'json']));
  const { _image: image, _xtrabackupImage: xtrabackupImage } = small.version!;
  return { kubernetes: serverVersion.gitVersion, images: [image, xtrabackupImage!] };
}
