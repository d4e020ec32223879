import axios from 'axios';

export const reports = axios.create({ baseURL: 'https://reports.acme.test/api/v2' });
