export async function rows(exportId: string): Promise<string[][]> {
  const res = await fetch(`https://exports.acme.test/exports/${exportId}`, { headers: { Accept: 'text/csv' } });
  const csv = await res.text();
  return csv.split('\n').map((line) => line.split(','));
}
