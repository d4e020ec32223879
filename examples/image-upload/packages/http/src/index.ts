export { createServiceClient, ServiceError, type Fetcher, type ServiceClient } from './client.ts';
export { bearerToken, readBody, readJson } from './request.ts';
export { HttpError, createHttpServer, type Handler, type Handlers, type Reply } from './server.ts';
