import { describe, expect, it } from 'vitest';
import { fieldsLinker } from '../../../../ingest/link/fields.ts';
import { openapi } from '../../../../ingest/workers/openapi/openapi.ts';
import { linkFrom } from '../link-fixture.ts';

const CONTRACT = `
openapi: 3.0.3
info: { title: clinic, version: 1.0.0 }
servers: [{ url: 'https://clinic.test' }]
paths:
  /patients/{id}:
    get:
      responses:
        '200':
          description: A patient.
          content:
            application/json:
              schema:
                type: object
                properties:
                  name: { type: string }
                  doctor: { type: object, properties: { name: { type: string } } }
`;
const CALL = `
export async function patient(id: string): Promise<Patient> {
  const response = await fetch(\`https://clinic.test/patients/\${id}\`);
  return (await response.json()) as Patient;
}`;

describe('fields of an operation', () => {
  it('are what properties of a type stand for, those of properties included', async () => {
    const { arrows } = await linkFrom(
      {
        'clinic.openapi.yaml': CONTRACT,
        'src/patient.ts': `export interface Doctor { name: string; room: number }\nexport interface Patient { name: string; doctor: Doctor; room: number }${CALL}`,
      },
      [fieldsLinker],
      [openapi],
    );
    expect(arrows('MAPS_TO')).toEqual([
      'src/patient.ts#Doctor.name MAPS_TO api:clinic#GET /patients/{id} response.200.doctor.name via src/patient.ts#patient',
      'src/patient.ts#Patient.doctor MAPS_TO api:clinic#GET /patients/{id} response.200.doctor via src/patient.ts#patient',
      'src/patient.ts#Patient.name MAPS_TO api:clinic#GET /patients/{id} response.200.name via src/patient.ts#patient',
    ]);
  });

  it('are found in no time where types lead to one another in many ways', async () => {
    // As nodes of a syntax tree do: followed to the sixth member, these are 100 million paths.
    const members = Array.from({ length: 20 }, (_, index) => `member${index}: Patient;`).join(' ');
    const sources = {
      'clinic.openapi.yaml': CONTRACT,
      'src/patient.ts': `export interface Patient { doctor: Patient; name: string; ${members} }${CALL}`,
    };
    const { arrows } = await linkFrom(sources, [fieldsLinker], [openapi]);
    expect(arrows('Patient.name MAPS_TO')).toHaveLength(2);
  }, 10_000);
});
