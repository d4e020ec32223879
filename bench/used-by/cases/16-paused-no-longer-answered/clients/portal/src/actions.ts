type Status = 'active' | 'paused' | 'cancelled';

interface Subscription {
  id: string;
  plan: string;
  status: Status;
}

export async function actions(id: string): Promise<string[]> {
  const response = await fetch(`https://billing.acme.test/subscriptions/${id}`);
  const subscription: Subscription = await response.json();
  if (subscription.status === 'paused') return ['resume', 'cancel'];
  return subscription.status === 'active' ? ['pause', 'cancel'] : [];
}
