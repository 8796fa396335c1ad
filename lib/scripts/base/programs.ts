import { bash } from './bash';

/** Refuses to run in an image that lacks a program: else each use of it would fail, and say less. */
export const programs = (image: string, ...names: string[]) => bash`
image=${image}
for program in ${names.join(' ')}; do
  type -P "$program" >/dev/null || refuse "the image $image has no $program, which this container needs. Use one that has it"
done
`;
