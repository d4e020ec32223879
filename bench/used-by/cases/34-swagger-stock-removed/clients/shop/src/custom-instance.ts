import axios, { type AxiosRequestConfig } from 'axios';

const AXIOS_INSTANCE = axios.create({ baseURL: 'https://items.acme.test/api' });

export const customInstance = <T>(config: AxiosRequestConfig): Promise<T> =>
  AXIOS_INSTANCE(config).then(({ data }) => data as T);
