import axios from 'axios';

interface Customer {
  name: string;
  address: { city: string };
}

const http = axios.create({ baseURL: 'https://customers.acme.test', timeout: 5000 });

export async function cityOf(id: number): Promise<string> {
  const response = await http.get<Customer>(`/customers/${id}`);
  return response.data.address.city;
}
