import { Controller, Get } from '@nestjs/common';

interface Health {
  status: 'ok' | 'degraded';
  uptime: number;
}

@Controller('health')
export class HealthController {
  @Get()
  check(): Health {
    return { status: 'ok', uptime: process.uptime() };
  }
}
