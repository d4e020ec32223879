import { describe, expect, it } from 'vitest';
import { served } from '../routes-of.ts';

const CONTROLLER = `
import { Body, Controller, Delete, Get, Param, Post, Query, Version, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiOkResponse, ApiResponse } from '@nestjs/swagger';
export class Pet { name: string }
export class NewPet { name: string }
export class Filter { kind: string }
@Controller({ path: 'pets', version: '1' })
export class PetsController {
  @Get() @ApiOkResponse({ type: [Pet] }) list(@Query() filter: Filter) { return []; }
  @Get([':id', 'by-id/:id']) one(@Param('id') id: string): Promise<Pet> { throw new Error(id); }
  @Post() create(@Body() pet: NewPet): Promise<Pet> { throw new Error(pet.name); }
  @Version(['2', '3']) @Delete(':id') remove() {}
}
@Controller({ path: 'health', version: VERSION_NEUTRAL })
export class HealthController { @Get() check() { return { ok: true }; } }
@Controller()
export class HomeController { @Get() home() { return 'hello'; } }
`;
const MAIN = (settings: string): string => `
import { NestFactory } from '@nestjs/core';
import { VersioningType, RequestMethod } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { AppModule } from './app.module.ts';
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  const config = app.get(ConfigService);
  ${settings}
  await app.listen(3000);
}
void bootstrap();
`;

describe('routes of NestJS', () => {
  it('have the prefix of the application, the version and the path of the controller', async () => {
    const { lines, route } = await served({
      'src/pets.ts': CONTROLLER,
      'src/main.ts': MAIN(`app.setGlobalPrefix('api', { exclude: ['/', { path: 'health', method: RequestMethod.GET }] });
  app.enableVersioning({ type: VersioningType.URI });`),
    });
    expect(lines).toEqual([
      'DELETE /api/v2/pets/{id} src/pets.ts#PetsController.remove',
      'DELETE /api/v3/pets/{id} src/pets.ts#PetsController.remove',
      'GET / src/pets.ts#HomeController.home',
      'GET /api/v1/pets src/pets.ts#PetsController.list',
      'GET /api/v1/pets/by-id/{id} src/pets.ts#PetsController.one',
      'GET /api/v1/pets/{id} src/pets.ts#PetsController.one',
      'GET /health src/pets.ts#HealthController.check',
      'POST /api/v1/pets src/pets.ts#PetsController.create',
    ]);
    expect(route('POST /api/v1/pets').exchange.body.types).toEqual([{ id: 'shop//code:src/pets.ts#NewPet' }]);
    expect(route('POST /api/v1/pets').exchange.response.types).toEqual([{ id: 'shop//code:src/pets.ts#Pet' }]);
    expect(route('GET /api/v1/pets').exchange.query.types).toEqual([{ id: 'shop//code:src/pets.ts#Filter' }]);
    expect(route('GET /api/v1/pets').exchange.response.types).toEqual([{ id: 'shop//code:src/pets.ts#Pet', list: true }]);
    expect(route('GET /api/v1/pets/{id}').exchange.params.types).toEqual([{ members: { id: [] } }]);
  });

  it('take what a configuration that is registered elsewhere falls back to', async () => {
    const { lines } = await served({
      'src/pets.ts': CONTROLLER,
      'src/config/app.config.ts': `
import { registerAs } from '@nestjs/config';
export default registerAs('app', () => { console.log('read'); return { port: 1, apiPrefix: process.env.API_PREFIX || 'rest' }; });
`,
      'src/main.ts': MAIN(`app.setGlobalPrefix(config.getOrThrow('app.apiPrefix', { infer: true }));`),
    });
    expect(lines).toContain('GET /rest src/pets.ts#HomeController.home');
    expect(lines).toContain('POST /rest/pets src/pets.ts#PetsController.create');
  });

  it('have no version where versions are not in the URL, and a default one where the application has one', async () => {
    const inHeader = await served({
      'src/pets.ts': CONTROLLER,
      'src/main.ts': MAIN(`app.enableVersioning({ type: VersioningType.HEADER, header: 'v' });`),
    });
    expect(inHeader.lines).toContain('GET /pets src/pets.ts#PetsController.list');
    const byDefault = await served({
      'src/pets.ts': CONTROLLER,
      'src/main.ts': MAIN(`app.enableVersioning({ type: VersioningType.URI, prefix: 'version-', defaultVersion: '9' });`),
    });
    expect(byDefault.lines).toContain('GET /version-9 src/pets.ts#HomeController.home');
    expect(byDefault.lines).toContain('GET /health src/pets.ts#HealthController.check');
  });

  it('are inherited, composed by decorators and placed by router modules', async () => {
    const { lines } = await served({
      'src/base.ts': `
import { applyDecorators, Controller, Get, Post } from '@nestjs/common';
export abstract class Listing { @Get('all') all() {} @Get('count') count() {} }
export const Admin = (path: string) => applyDecorators(Controller(\`admin/\${path}\`));
@Admin('shelves')
export class Shelves extends Listing { @Get('count') count() {} @Post() add() {} }
`,
      'src/app.module.ts': `
import { Module } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { Shelves } from './base.ts';
@Module({ controllers: [Shelves] }) export class ShelfModule {}
@Module({ imports: [ShelfModule, RouterModule.register([{ path: 'shop', children: [{ path: 'store', module: ShelfModule }] }])] })
export class AppModule {}
`,
    });
    expect(lines).toEqual([
      'GET /shop/store/admin/shelves/all src/base.ts#Listing.all',
      'GET /shop/store/admin/shelves/count src/base.ts#Shelves.count',
      'POST /shop/store/admin/shelves src/base.ts#Shelves.add',
    ]);
  });

  it('belong to the nearest of several applications', async () => {
    const { lines } = await served({
      'apps/a/src/main.ts': MAIN(`app.setGlobalPrefix('a');`),
      'apps/a/src/one.ts': `import { Controller, Get } from '@nestjs/common';\n@Controller('one') export class One { @Get() get() {} }\n`,
      'apps/b/src/main.ts': MAIN(''),
      'apps/b/src/two.ts': `import { Controller, Get } from '@nestjs/common';\n@Controller('two') export class Two { @Get() get() {} }\n`,
    });
    expect(lines).toEqual(['GET /a/one apps/a/src/one.ts#One.get', 'GET /two apps/b/src/two.ts#Two.get']);
  });

  it('are not the methods of classes with decorators of the same name', async () => {
    const { lines } = await served({
      'src/form.ts': `
const Controller = (path: string) => (target: unknown) => target;
const Get = () => (target: unknown, name: string) => target;
@Controller('form') export class Form { @Get() value() {} }
`,
    });
    expect(lines).toEqual([]);
  });
});
