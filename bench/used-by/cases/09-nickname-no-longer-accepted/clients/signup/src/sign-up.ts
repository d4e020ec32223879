import axios, { type AxiosInstance } from 'axios';

export class SignUp {
  private readonly http: AxiosInstance = axios.create({ baseURL: 'https://profiles.acme.test' });

  async submit(form: { userName: string; nickname: string }): Promise<void> {
    const body = { userName: form.userName, nickname: form.nickname.trim(), language: navigator.language };
    await this.http.post('/profiles', body);
  }
}
