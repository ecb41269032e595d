/**
 * One line without MCN and recruiter, and one with both, each settled at a midnight and refunded before and after it.
 *
 * A  customer 17850 (n = 350), p = 85, 10 × 1.00 = 1000 on 1 December at 10:00: due on the 13th at 10:00, settled at
 *    the midnight after it. Creator 1500 bp: 150 → fee 15, net 135.
 *    A first refund of 300 in the last minute before that midnight is none after settlement: 700 are settled,
 *    105 → fee 10, net 95. One of 100 at the midnight itself is: 600 left, 90 → fee 9, net 81: creator −14, fee −1.
 * B  customer 17600 (n = 100), p = 21, 10 × 2.00 = 2000 on 2 December at midnight: due on the 14th at midnight, and
 *    settled by that very run. 220 → fee 22, MCN 2000 bp of 198 = 39, net 159; agency 60 → fee 6, net 54.
 *    All of it comes back in two parts, each taken back by what it changes: 3 × 2.00 = 600 leave 1400:
 *    154 → 15, MCN 2000 bp of 139 = 27, net 112; agency 42 → 4, 38. Then everything. Together all that was settled.
 * C  customer 350, p = 85, 0.03 on 2 December at 00:00:01, due a second after that midnight: settled one later.
 *    A refund of 0.01 on the 14th at noon is thus before its settlement: 2 left, nothing for anybody. One on the 15th
 *    at midnight is after it and moves nothing, yet it counts.
 * D  no customer: nothing to settle.
 *
 * settled 3 lines; refunds after settlement: A 1, B 2, C 1.
 * taken back  creator 14 + 159 = 173    mcn 39    recruiter 54    platform 1 + 28 = 29
 * left        creator 81                mcn 0     recruiter 0     platform 9
 */
export const SETTLED_ROWS = [
  '1,85000,A,10,2010-12-01 10:00:00,1.0,17850.0,UK',
  '2,21000,B,10,2010-12-02 00:00:00,2.0,17600.0,UK',
  '3,85001,C,3,2010-12-02 00:00:01,0.01,350,UK',
  '4,85001,D,3,2010-12-02 00:00:02,0.01,,UK',
  'C5,85000,A,-3,2010-12-13 23:59:00,1.0,17850.0,UK',
  'C6,85000,A,-1,2010-12-14 00:00:00,1.0,17850.0,UK',
  'C7,21000,B,-3,2010-12-14 00:00:00,2.0,17600.0,UK',
  'C8,85001,C,-1,2010-12-14 12:00:00,0.01,350,UK',
  'C9,85001,C,-1,2010-12-15 00:00:00,0.01,350,UK',
  'C10,21000,B,-7,2010-12-20 09:00:00,2.0,17600.0,UK',
];
