import { useState } from 'react';
import { formatCents } from '@parcels/money';
import { fetchQuote, type Quote } from '../api/billing';

export function QuoteCalculator() {
  const [level, setLevel] = useState('standard');
  const [grams, setGrams] = useState(1000);
  const [quote, setQuote] = useState<Quote>();

  async function calculate() {
    setQuote(await fetchQuote(level, grams));
  }

  return (
    <div>
      <select value={level} onChange={(e) => setLevel(e.target.value)}>
        <option>express</option>
        <option>standard</option>
        <option>economy</option>
      </select>
      <input type="number" value={grams} onChange={(e) => setGrams(Number(e.target.value))} />
      <button onClick={calculate}>Price</button>
      {quote && <output>{formatCents(quote.totalCents, quote.currency)}</output>}
    </div>
  );
}
