export interface Address {
  street: string;
  zip: string;
  city: string;
}

export interface Customer {
  id: number;
  name: string;
  address: Address;
}
