import axios from 'axios';
import type { Customer } from './customer.js';

export async function shippingLabel(customerId: number): Promise<string[]> {
  const { data } = await axios.get<Customer>(`https://customers.acme.test/customers/${customerId}`);
  const {
    name,
    address: { street, zip, city },
  } = data;
  return [name, street, `${zip} ${city}`];
}
