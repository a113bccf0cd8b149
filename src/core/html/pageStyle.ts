// How a page saved as one file looks: on a phone, on a desk, in the dark and on paper. Holds no words.
import { COLOUR_STYLE } from "./pageColours.ts";

export const PAGE_STYLE = `${COLOUR_STYLE}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1rem/1.5 system-ui,"Noto Sans",sans-serif}
main{max-width:72rem;margin:0 auto;padding:1.25rem clamp(1rem,4vw,2.5rem) 2rem}
h1{font-size:1.625rem;line-height:1.25;margin:0;overflow-wrap:anywhere}
h2{font-size:1.1875rem;margin:2rem 0 .5rem}
h3{font-size:1rem;margin:1rem 0 .25rem}
p{margin:.375rem 0;max-width:46rem}
.facts,.soft,figcaption,caption,footer{color:var(--ink-soft);font-size:.875rem}
.said{font-size:1.125rem;max-width:52rem}
.warn{border-left:.25rem solid var(--bad);padding-left:.75rem}
.scroll{margin:.75rem 0 1.25rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1rem;align-items:start}
figure{margin:0;max-width:44rem;padding:.75rem;background:var(--card);border:1px solid var(--line);border-radius:.625rem;break-inside:avoid}
figure h3{margin:0}
figure.whole{margin:1rem 0;max-width:none}
figure.whole img{display:block;width:100%;min-width:34rem;background:#fff}
figure svg{display:block;width:100%;height:auto;margin:.5rem 0 .25rem;font-family:inherit}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
caption{caption-side:bottom;text-align:left;padding-top:.375rem}
th,td{padding:.3125rem .75rem .3125rem 0;text-align:right;vertical-align:baseline;border-bottom:1px solid var(--line)}
th:first-child,td:first-child{text-align:left;overflow-wrap:anywhere;min-width:8rem}
thead th{font-weight:600;vertical-align:bottom}
td small,th small{display:block;font-weight:400;color:var(--ink-soft);white-space:nowrap}
table.settings td{text-align:left;overflow-wrap:anywhere}
table.settings th{font-weight:400;color:var(--ink-soft)}
code,.address{font:.8125rem/1.5 ui-monospace,"SF Mono","Noto Sans Mono",monospace;overflow-wrap:anywhere}
a{color:var(--accent);overflow-wrap:anywhere}
details>summary{cursor:pointer;min-height:2.75rem;padding:.625rem 0}
button{font:inherit;min-height:2.75rem;padding:.5rem 1.25rem;border:1px solid var(--accent);border-radius:.5rem;background:var(--accent);color:var(--paper);cursor:pointer}
button.second{background:none;color:var(--accent);margin-top:.5rem}
select{font:inherit;min-height:2.75rem;max-width:100%;padding:.25rem .5rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card);color:var(--ink)}
progress{display:block;width:100%;max-width:46rem;margin:.5rem 0;accent-color:var(--accent)}
progress[hidden]{display:none}
.press{display:flex;flex-wrap:wrap;align-items:center;gap:.75rem;margin:.75rem 0}
footer{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:.75rem}
@media print{body{background:#fff}main{max-width:none;padding:0}h2,h3,caption{break-after:avoid}tr{break-inside:avoid}.scroll{overflow:visible}table{font-size:.75rem}}
`;
