import { createHash } from 'node:crypto';

/** The style of the page, for the screen and for A4. It stands in the page itself, so that a saved copy looks the same. */
export const PAGE_STYLE = `
:root { color: #1d2433; background: #f3f4f7; font: 14px/1.5 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif }
body { margin: 0 }
main { max-width: 62rem; margin: 2rem auto; padding: 2.5rem 3rem; background: #fff; box-shadow: 0 1px 6px #0002 }
header { display: flex; justify-content: space-between; gap: 2rem; border-bottom: 2px solid #1d2433; padding-bottom: 1rem }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere }
h2 { margin: 2.2rem 0 .6rem; font-size: 1.1rem; break-after: avoid }
header p, footer p { margin: .2rem 0 }
.number { font-size: 1.1rem; font-weight: 600; white-space: nowrap }
.meta { text-align: right }
.en { color: #5b6475; font-weight: 400; font-size: .86em }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: .35rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid #dfe3ea }
thead { display: table-header-group }
thead th { border-bottom: 1px solid #1d2433; font-size: .86em; vertical-align: bottom }
thead .en { display: block }
tr { break-inside: avoid }
.amount { text-align: right; white-space: nowrap }
.date { white-space: nowrap }
.name { overflow-wrap: anywhere }
.sum th, .sum td { font-weight: 600; background: #f5f7fa }
.tax th, .tax td { background: #fff8e6 }
.order td { padding-top: .1rem; padding-bottom: .1rem; color: #5b6475; font-size: .82em; border-bottom-color: #eef0f4 }
.order .name { padding-left: 1.4rem }
.scroll { overflow-x: auto }
a { color: inherit; text-decoration: underline; text-decoration-color: #9aa6bd; text-underline-offset: 2px }
:target, :target > td { background: #eaf2ff }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid #dfe3ea; color: #5b6475; font-size: .82em; overflow-wrap: anywhere }
@page { size: A4; margin: 14mm 12mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif } }
@media print {
  :root { background: #fff; font-size: 9.5pt }
  main { margin: 0; padding: 0; max-width: none; box-shadow: none }
  a { text-decoration: none }
  .screen { display: none }
  .scroll { overflow: visible }
  .sum th, .sum td, .tax th, .tax td { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
@media (max-width: 46rem) { main { margin: 0; padding: 1rem } header { display: block } .meta { text-align: left; margin-top: 1rem } }
`;

const hash = createHash('sha256').update(PAGE_STYLE).digest('base64');

/** Nothing but the page's own style: no script, no image, no other address, in no frame. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
