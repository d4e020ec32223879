import { createRoot } from 'react-dom/client';
import { BrowserRouter, Route, Routes, useParams } from 'react-router-dom';
import { BillingPage } from './pages/BillingPage';
import { ParcelsPage } from './pages/ParcelsPage';
import { TrackPage } from './pages/TrackPage';

function Track() {
  const { id = '' } = useParams();
  return <TrackPage parcelId={id} />;
}

createRoot(document.getElementById('root')!).render(
  <BrowserRouter>
    <Routes>
      <Route path="/" element={<ParcelsPage senderId={import.meta.env.VITE_DEMO_SENDER ?? ''} />} />
      <Route path="/track/:id" element={<Track />} />
      <Route path="/billing" element={<BillingPage />} />
    </Routes>
  </BrowserRouter>,
);
