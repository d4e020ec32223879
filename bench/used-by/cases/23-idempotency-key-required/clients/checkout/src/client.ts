export class PaymentsClient {
  readonly #base: string;

  constructor(base = 'https://pay.acme.test') {
    this.#base = base;
  }

  pay(amount: number): Promise<Response> {
    return this.send('POST', '/payments', { amount });
  }

  private send(method: string, path: string, body: unknown): Promise<Response> {
    return fetch(`${this.#base}${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-client': 'checkout' },
      body: JSON.stringify(body),
    });
  }
}
