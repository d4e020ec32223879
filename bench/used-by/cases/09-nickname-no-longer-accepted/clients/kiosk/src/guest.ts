import axios from 'axios';

export const createGuest = (userName: string) =>
  axios({ method: 'post', url: 'https://profiles.acme.test/profiles', data: { userName, language: 'en' } });
