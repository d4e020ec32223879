import axios from 'axios';

export async function celsius(city: string): Promise<number> {
  const { data } = await axios.get<{ celsius: number }>('https://weather.acme.test/weather', { params: { city } });
  return Math.round(data.celsius);
}
