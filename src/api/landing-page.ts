/** What a browser shows at the server's address. Self-contained: nothing is loaded from anywhere. */
export const LANDING_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>specgraph</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:4rem auto;padding:0 1rem}pre{background:#f4f4f4;padding:1rem;overflow:auto}</style>
<h1>specgraph</h1>
<p>This is a GraphQL endpoint. Point any GraphQL client here; the schema describes itself. For example:</p>
<pre>curl http://127.0.0.1:4000/graphql -H 'content-type: application/json' \\
  -d '{"query": "{ stats { generation nodes { kind count } } }"}'</pre>
<p>A server with a token also asks for <code>-H 'authorization: Bearer TOKEN'</code>. More queries: docs/reference/graphql.md.</p>
</html>
`;
