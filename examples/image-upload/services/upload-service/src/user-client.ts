import { Rejection, type Quota, type UserDto, type UserId } from '@acme/contracts';
import { ServiceError, type ServiceClient } from '@acme/http';

/** What the upload service needs to know and change about users. */
export interface Users {
  get(id: UserId): Promise<UserDto>;
  quota(id: UserId): Promise<Quota>;
  setAvatar(id: UserId, imageKey: string, bytes: number): Promise<UserDto>;
}

/** The user service over HTTP; its refusals become rejections of the upload. */
export class UserClient implements Users {
  constructor(private readonly service: ServiceClient) {}

  async get(id: UserId): Promise<UserDto> {
    return this.orReject(this.service.call('GET /users/{id}', [id], undefined));
  }

  async quota(id: UserId): Promise<Quota> {
    return this.orReject(this.service.call('GET /users/{id}/quota', [id], undefined));
  }

  async setAvatar(id: UserId, imageKey: string, bytes: number): Promise<UserDto> {
    return this.orReject(this.service.call('PUT /users/{id}/avatar', [id], { imageKey, bytes }));
  }

  private async orReject<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof ServiceError && error.status === 404) throw new Rejection('unauthenticated', 'Sign in to upload a picture.');
      if (error instanceof ServiceError && error.status === 409) throw new Rejection('quota-exceeded', 'Your storage is full.');
      throw error;
    }
  }
}
