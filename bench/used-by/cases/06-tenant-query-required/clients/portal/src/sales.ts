export async function salesOf(tenant: string, from: string, to: string): Promise<number> {
  const query = new URLSearchParams({ from, to, tenant });
  const res = await fetch(`https://reports.acme.test/api/v2/reports/sales?${query}`);
  const report = (await res.json()) as { total: number };
  return report.total;
}
