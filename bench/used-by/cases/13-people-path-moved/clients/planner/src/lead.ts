import axios from 'axios';

export async function lead(team: string): Promise<string> {
  const { data } = await axios.get<{ lead: string }>(`https://hr.acme.test/teams/${team}`);
  return data.lead;
}
