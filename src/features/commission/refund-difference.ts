/**
 * What has to be posted for each node so that all its postings together reach the new target, in minor units:
 * negative after a refund, 0 where nothing changes. Throws a RangeError when the two lists are of different forests.
 */
export function refundDifference(targetMinor: readonly bigint[], postedMinor: readonly bigint[]): bigint[] {
  if (targetMinor.length !== postedMinor.length) {
    throw new RangeError('target and postings must be of the same forest');
  }
  return targetMinor.map((target, nodeNo) => target - postedMinor[nodeNo]!);
}
