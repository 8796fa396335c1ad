import { bash } from '../base/bash';

/** The donor's part of a clone by the CLONE plugin: the server itself serves it on its own port, one at a time. */
export const serveByClonePlugin = bash`
send_stream() { answer "refused|$HOSTNAME sends clones on its server's port"; }

send_clone() {
  offer_clone
  say "offers a clone of $((size >> 20)) MiB"
}
`;
