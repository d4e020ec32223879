const BASE = new URL('https://logistics.acme.test/v6/');

interface Shipment {
  state: 'packed' | 'moving' | 'delivered';
}

export async function nextStep(number: string): Promise<string> {
  const res = await fetch(new URL(`shipments/${number}`, BASE));
  const { state } = (await res.json()) as Shipment;
  switch (state) {
    case 'packed':
      return 'collect';
    case 'moving':
      return 'deliver';
    case 'delivered':
      return 'nothing';
    default:
      throw new Error(`unexpected state ${String(state satisfies never)}`);
  }
}
