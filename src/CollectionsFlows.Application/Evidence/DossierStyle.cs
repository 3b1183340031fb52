namespace CollectionsFlows.Application.Evidence;

/// <summary>How a dossier looks: on paper first, dark ink on white, nothing decorative.</summary>
internal static class DossierStyle
{
    public const string Css = """
        @page { size: A4; margin: 18mm 15mm 20mm; @bottom-left { content: "Confidential"; font: 8pt sans-serif; color: #667; } @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #667; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: #f3f4f6; color: #1c2330; font: 14px/1.5 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
        main { max-width: 62rem; margin: 2rem auto; padding: 2.5rem 3rem; background: #fff; }
        h1 { margin: 0; font-size: 1.9rem; font-weight: 600; letter-spacing: -0.01em; line-height: 1.2; }
        h2 { margin: 2.6rem 0 .8rem; padding-top: .7rem; border-top: 2px solid #1c2330; font-size: 1.15rem; font-weight: 600; break-after: avoid; }
        h3 { margin: 1.4rem 0 .4rem; font-size: .95rem; font-weight: 600; break-after: avoid; }
        h3 small { margin-left: .6rem; color: #5b6475; font-size: .85rem; font-weight: 400; }
        p { margin: .4rem 0; max-width: 48rem; orphans: 3; widows: 3; }
        .lender { color: #5b6475; }
        .subject { margin: .3rem 0 1rem; font-size: 1.1rem; }
        .note, .detail { color: #5b6475; font-size: .87rem; }
        .detail { margin: .1rem 0; }
        .notice { margin-top: 1.2rem; padding: .8rem 1rem; border-left: 3px solid #8a94a6; background: #f6f7f9; font-size: .9rem; max-width: none; }
        .warning { color: #a3271c; font-weight: 600; }
        dl { margin: .4rem 0; }
        dl div { display: grid; grid-template-columns: 11rem 1fr; gap: 1rem; padding: .2rem 0; border-bottom: 1px solid #eceef2; break-inside: avoid; }
        dt { color: #5b6475; }
        dd { margin: 0; }
        dl.key { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1rem; margin: 1.3rem 0 .4rem; }
        dl.key div { display: block; padding: .5rem 0; border: 0; border-top: 1px solid #1c2330; }
        dl.key dt { font-size: .85rem; }
        dl.key dd { font-size: 1.2rem; font-weight: 600; overflow-wrap: normal; }
        table { width: 100%; margin: .6rem 0 1rem; border-collapse: collapse; font-size: .87rem; }
        thead { display: table-header-group; }
        tfoot { display: table-row-group; }
        tr { break-inside: avoid; }
        th { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #1c2330; color: #5b6475; font-weight: 500; text-align: left; vertical-align: bottom; overflow-wrap: normal; }
        td { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #eceef2; vertical-align: top; }
        tfoot td { border-bottom: 0; border-top: 1px solid #1c2330; font-weight: 600; }
        .figure { padding-right: 1rem; text-align: right; white-space: nowrap; }
        #payoff table { width: 22rem; }
        th.figure { white-space: normal; }
        th:last-child, td:last-child { padding-right: 0; }
        article { margin: .7rem 0; padding: .1rem 0 .3rem 1rem; border-left: 2px solid #d7dbe3; break-inside: avoid; }
        article.made { border-left-color: #41618f; }
        article h3 { margin: 0; }
        article p { margin: .15rem 0; }
        blockquote { margin: .5rem 0; padding: .5rem .9rem; background: #f6f7f9; }
        blockquote .title { font-weight: 600; }
        .words { white-space: pre-wrap; }
        .short { white-space: nowrap; }
        dd, .detail { overflow-wrap: anywhere; }
        @media (max-width: 48rem) { main { margin: 0; padding: 1.2rem; } dl.key { grid-template-columns: repeat(2, 1fr); } dl div { grid-template-columns: 1fr; gap: 0; } table { display: block; overflow-x: auto; } }
        @media print { body { background: #fff; font-size: 9.5pt; } main { max-width: none; margin: 0; padding: 0; } .notice, blockquote { background: none; border: 1px solid #c9ced8; } h2 { margin-top: 1.8rem; } }

        """;
}
