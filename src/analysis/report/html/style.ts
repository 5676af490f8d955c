/**
 * The report's style sheet. Colours are of the Okabe-Ito palette, which people with colour blindness can tell apart,
 * lightened for dark screens; pictures take them from here by class.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1c2430; --soft: #5d6876; --line: #dfe3e8; --grid: #e9ecf0;
  --band: #c9d3df; --quote: #8e9bab; --mid: #5d6876;
  --buy: #0072b2; --sell: #d55e00;
  --decision: #a8527f; --arrival: #00825c; --vwap: #b37800;
  --delay: #e69f00; --trading: #0072b2; --moved: #56b4e9; --opportunity: #cc79a7; --fees: #8a94a1; --total: #39434f;
  --realised: #009e73; --impact: #d55e00; --cost: #b0390e; --gain: #00745a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1a2028; --ink: #e4e9ef; --soft: #98a4b3; --line: #2d3642; --grid: #262e39;
    --band: #33404f; --quote: #5f6f82; --mid: #a5b1bf;
    --buy: #4aa8e0; --sell: #f08a3c;
    --decision: #e39ac4; --arrival: #3dc79b; --vwap: #f0bd4a;
    --delay: #f0b53c; --trading: #3f9fdb; --moved: #8fd0f5; --opportunity: #dd9abf; --fees: #8a94a1; --total: #c3ccd6;
    --realised: #3dc79b; --impact: #f08a3c; --cost: #ff9d70; --gain: #5fd6af;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 14px/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
main { max-width: 1240px; margin: 0 auto; padding: 28px 24px 64px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 2px; letter-spacing: -.01em; }
h2 { font-size: 17px; margin: 36px 0 10px; }
h3 { font-size: 13px; margin: 0 0 6px; font-weight: 600; }
h3 small, h2 small { font-weight: 400; color: var(--soft); font-size: 12.5px; margin-left: 8px; }
p { margin: 0 0 8px; }
.when, .none, .note { color: var(--soft); }
.none { padding: 20px 4px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px 18px; margin-top: 12px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin-top: 18px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; }
.tile .what { color: var(--soft); font-size: 12.5px; }
.tile .figure { font-size: 21px; font-weight: 600; line-height: 1.35; white-space: nowrap; font-variant-numeric: tabular-nums; }
.tile .more { color: var(--soft); font-size: 12.5px; font-variant-numeric: tabular-nums; }
.tile.wide { grid-column: span 2; }
dl { display: grid; grid-template-columns: 84px 1fr; gap: 3px 14px; margin: 0; font-size: 13px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.assumptions { columns: 2; column-gap: 36px; }
.assumptions div { display: grid; grid-template-columns: 78px 1fr; gap: 10px; break-inside: avoid; padding: 2px 0; }
.scroll { overflow: auto; max-height: 560px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 13px; }
th { position: sticky; top: 0; background: var(--card); color: var(--soft); font-weight: 500; white-space: nowrap; z-index: 1; box-shadow: inset 0 -1px var(--line); }
th, td { text-align: right; padding: 5px 9px; }
td { border-bottom: 1px solid var(--grid); white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
th.word, td.word { text-align: left; max-width: 220px; overflow: hidden; text-overflow: ellipsis; }
tbody tr:hover td { background: color-mix(in srgb, var(--band) 22%, transparent); }
.cost { color: var(--cost); } .gain { color: var(--gain); }
a { color: inherit; text-decoration-color: var(--quote); text-underline-offset: 2px; }
details.parent { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin-top: 12px; }
details.parent > summary { cursor: pointer; padding: 12px 18px; display: flex; gap: 14px; align-items: baseline; flex-wrap: wrap; list-style: none; }
details.parent > summary::-webkit-details-marker { display: none; }
details.parent > summary::before { content: "▸"; color: var(--soft); width: 10px; }
details.parent[open] > summary::before { content: "▾"; }
summary .id { font-weight: 600; overflow-wrap: anywhere; }
summary .side { font-weight: 600; } .side.buy { color: var(--buy); } .side.sell { color: var(--sell); }
summary .total { margin-left: auto; font-weight: 600; font-variant-numeric: tabular-nums; }
.inside { padding: 2px 18px 18px; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(128px, 1fr)); gap: 8px 18px; margin: 4px 0 18px; font-size: 13px; }
.facts div span { display: block; color: var(--soft); font-size: 12px; }
.facts div { overflow-wrap: anywhere; }
.facts div { font-variant-numeric: tabular-nums; }
.plots { display: grid; grid-template-columns: minmax(0, 19fr) minmax(0, 10fr); gap: 18px 26px; }
.plots > div { min-width: 0; }
.plots h3 + svg { margin-top: 2px; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { font-size: 11px; fill: var(--ink); font-variant-numeric: tabular-nums; }
svg .axis text { fill: var(--soft); } svg .faint { opacity: .75; font-size: 10px; }
svg .grid { stroke: var(--grid); } svg .base { stroke: var(--quote); } svg .zero { stroke: var(--quote); }
svg .band { fill: var(--band); opacity: .55; }
svg .quote { fill: none; stroke: var(--quote); stroke-width: .8; }
svg .mid { fill: none; stroke: var(--mid); stroke-width: .8; stroke-dasharray: 2 2; opacity: .8; }
svg .fills circle { stroke-width: 1.4; }
svg .fills.buy circle { stroke: var(--buy); } svg .fills.sell circle { stroke: var(--sell); }
svg .fills.buy .removed { fill: var(--buy); fill-opacity: .8; } svg .fills.sell .removed { fill: var(--sell); fill-opacity: .8; }
svg .fills .added { fill: var(--card); fill-opacity: .75; }
svg .level { stroke-width: 1.4; }
svg .level.decision { stroke: var(--decision); stroke-dasharray: 7 3; }
svg .level.arrival { stroke: var(--arrival); stroke-dasharray: 2 2.5; }
svg .level.vwap { stroke: var(--vwap); }
svg .label .name { font-weight: 600; }
svg .label.decision { fill: var(--decision); } svg .label.arrival { fill: var(--arrival); } svg .label.vwap { fill: var(--vwap); }
svg .label.executed { fill: var(--trading); font-weight: 600; } svg .label.twap { fill: var(--soft); } svg .label.volume { fill: var(--vwap); }
svg .schedule { fill: none; stroke-width: 1.3; }
svg .schedule.executed { stroke: var(--trading); stroke-width: 2; }
svg .schedule.twap { stroke: var(--soft); stroke-dasharray: 6 3; } svg .schedule.volume { stroke: var(--vwap); }
svg .target { stroke: var(--quote); stroke-dasharray: 1 3; }
svg .bar .name { fill: var(--ink); } svg .bar .value { font-weight: 600; }
svg .bar .link { stroke: var(--quote); }
svg .bar .sum { stroke: var(--ink); stroke-width: 2.5; }
svg .delay rect, svg .part.delay { fill: var(--delay); } svg .trading rect, svg .part.trading { fill: var(--trading); }
svg .moved rect { fill: var(--moved); }
svg .opportunity rect, svg .part.opportunity { fill: var(--opportunity); } svg .fees rect, svg .part.fees { fill: var(--fees); }
svg .total rect { fill: var(--total); }
svg .part.realised { fill: var(--realised); } svg .part.impact { fill: var(--impact); }
svg .effective { stroke: var(--ink); stroke-width: 2; }
.key { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 12px; color: var(--soft); margin: 4px 0 8px; }
.key i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 5px; vertical-align: -1px; }
.key i.ring { border-radius: 50%; border: 1.6px solid; background: none; } .key i.dot { border-radius: 50%; }
footer { margin-top: 40px; color: var(--soft); font-size: 12.5px; }
@media (max-width: 860px) { .plots { grid-template-columns: minmax(0, 1fr); } .assumptions { columns: 1; } .tile.wide { grid-column: auto; } }
@media print { body { background: none; } .scroll { max-height: none; overflow: visible; } details.parent { break-inside: avoid; } }
`
