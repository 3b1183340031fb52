using System.Security.Cryptography;
using System.Text;

namespace CollectionsFlows.Web.Console;

/// <summary>The one stylesheet, inline in every page; the content policy allows it by its hash and nothing else.</summary>
internal static class Stylesheet
{
    public const string Css = """
        :root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6878;--line:#dfe4ea;--paper:#fff;--ground:#f5f7f9;--link:#1a5a96;--warm:#8a4b08;--ok:#1f6b3a}
        @media (prefers-color-scheme:dark){:root{--ink:#e4e9ef;--soft:#9aa7b5;--line:#303b47;--paper:#1a222b;--ground:#12181f;--link:#7fb5e6;--warm:#e0a868;--ok:#7cc796}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei",sans-serif}
        header,main,footer{max-width:64rem;margin:0 auto;padding:1rem}
        header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline}
        header a{font-weight:600;font-size:1.1rem;color:var(--ink);text-decoration:none}
        header .who{margin-left:auto;display:flex;gap:.75rem;align-items:baseline}
        header .out{font-weight:400;font-size:.9rem;color:var(--link)}
        h1{font-size:1.4rem;margin:.5rem 0 1rem}
        h2{font-size:1.05rem;margin:2rem 0 .5rem}
        a{color:var(--link)}
        .soft,footer{color:var(--soft);font-size:.9rem}
        .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.5rem;padding:0;margin:0;list-style:none}
        .figures li,.card{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem}
        .figures b{display:block;font-size:1.3rem;font-weight:600;font-variant-numeric:tabular-nums}
        .figures a{color:inherit;text-decoration:none}
        .scroll{overflow-x:auto;background:var(--paper);border:1px solid var(--line);border-radius:.5rem}
        table{border-collapse:collapse;width:100%}
        th,td{text-align:left;padding:.5rem .8rem;border-bottom:1px solid var(--line);vertical-align:top}
        tr:last-child td{border-bottom:0}
        td.id{white-space:nowrap}
        th{font-weight:500;color:var(--soft);font-size:.85rem}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .state{white-space:nowrap;font-weight:500}
        .late{color:var(--warm)}
        .fine{color:var(--ok)}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1rem;margin:0}
        dt{color:var(--soft)}
        dd{margin:0;overflow-wrap:anywhere}
        ol{list-style:none;margin:0;padding:0}
        ol li{padding:.5rem 0;border-bottom:1px solid var(--line)}
        ol li:last-child{border-bottom:0}
        time{color:var(--soft);font-size:.85rem;display:block}
        .words{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0 0}
        button,input,select,textarea{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:.4rem;padding:.45rem .8rem}
        button{cursor:pointer}
        :focus-visible{outline:2px solid var(--link);outline-offset:2px}
        form.ask{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end}
        form.ask label{flex:0 1 12rem}
        form.ask label.wide{flex:1 1 22rem}
        form.ask input,form.ask select{width:100%;margin:.3rem 0 0}
        .card h3{font-size:.95rem;margin:1.2rem 0 .3rem}
        .card ul{margin:.2rem 0;padding-left:1.1rem}
        .rule{font-size:.9rem;color:var(--soft);margin:.1rem 0 0}
        .notice{border-left:3px solid var(--link);padding-left:.7rem;margin:.8rem 0}
        input{width:100%;max-width:28rem;display:block;margin:.3rem 0 .8rem}
        textarea{width:100%;display:block;margin:.3rem 0 .8rem;resize:vertical}
        .write label{display:block}
        .write .pair{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;margin:.3rem 0 .8rem}
        .write select{display:block;margin-top:.3rem}
        .write input{max-width:none}
        .write ul{margin:.3rem 0 .8rem;padding-left:1.2rem}
        @media (max-width:40rem){
        .cases thead{position:absolute;left:-999rem}
        .cases tr{display:grid;grid-template-columns:1fr auto;padding:.5rem 0;border-bottom:1px solid var(--line)}
        .cases td{border:0;padding:.1rem .8rem}
        .cases .why{grid-column:1/-1}
        dl{grid-template-columns:1fr}
        dd{margin-bottom:.4rem}
        }
        """;

    /// <summary>The style element with exactly the bytes that are hashed.</summary>
    public const string Element = $"<style>{Css}</style>";

    /// <summary>As the content policy wants it.</summary>
    public static readonly string CspHash = $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}";
}
