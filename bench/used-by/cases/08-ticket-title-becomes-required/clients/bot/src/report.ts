import axios from 'axios';

interface Draft {
  title: string;
  description: string;
}

export async function report(draft: Draft): Promise<void> {
  await axios.post('https://support.acme.test/v1/tickets', { ...draft, channel: 'bot' });
}
