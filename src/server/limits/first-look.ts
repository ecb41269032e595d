import type { FastifyReply, FastifyRequest } from 'fastify';
import { ANONYMOUS } from '../../graphql/actor.ts';
import { failure } from '../../graphql/errors.ts';
import type { Charges } from './charge-operations.ts';
import type { Limits } from './limit-variables.ts';

/**
 * A hook that refuses by the head of a request what its body would only make dearer: bodies that are too large, and addresses
 * that have no points left. Reading a body takes time by its size, whatever becomes of it, and who says nothing of who they
 * are has no reason to send much. The body of what is refused is let pass unread, so that whoever sends it gets the answer.
 */
export function firstLook({ bodyBytes, anonymousBodyBytes }: Limits, charges: Charges) {
  const look = ({ headers, ip }: FastifyRequest): void => {
    const isAnonymous = !headers.authorization;
    if (isAnonymous) charges.refuseEmpty(ANONYMOUS, ip);
    const most = isAnonymous ? Math.min(bodyBytes, anonymousBodyBytes) : bodyBytes;
    // Nobody can tell the size of a body that comes in pieces; of those who are known the reader counts it.
    const bytes =
      headers['content-length'] ??
      (isAnonymous && headers['transfer-encoding'] ? Number.POSITIVE_INFINITY : 0);
    if (Number(bytes) <= most) return;
    const whose =
      isAnonymous && most < bodyBytes ? ' without an Authorization header, of a length that is told,' : '';
    throw failure('PAYLOAD_TOO_LARGE', `A request body${whose} has at most ${most} bytes.`, {
      maximum: most,
    });
  };
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    try {
      look(request);
    } catch (error) {
      leaveUnread(request, reply);
      throw error;
    }
  };
}

/** What is left of a small body is read away, which keeps the connection. */
const SMALL_BYTES = 65_536;
/** So long somebody may take to read why the rest of their body is not wanted. */
const LINGER_MS = 1_000;

/**
 * Reads no more of a large body when its answer is sent. If the connection were closed at once, its sender would be told of
 * that and never see the answer; reading all of it away would cost as much as taking it.
 */
function leaveUnread({ headers, raw }: FastifyRequest, reply: FastifyReply): void {
  if (Number(headers['content-length'] ?? 0) <= SMALL_BYTES) return;
  const { socket } = raw;
  reply.header('connection', 'close');
  // Node would close both directions with the answer, upon what has arrived unread, which throws the answer away.
  socket.destroySoon = () => {
    socket.end();
    setImmediate(() => socket.pause());
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  };
}
