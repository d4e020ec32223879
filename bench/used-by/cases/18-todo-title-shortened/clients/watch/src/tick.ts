export async function tick(id: string): Promise<void> {
  await fetch(`https://todo.acme.test/todos/${id}`, { method: 'PATCH', body: JSON.stringify({ done: true }) });
}
