export const ENDPOINTS = {
  person: (id: string) => `/people/${id}`,
  team: (id: string) => `/teams/${id}`,
} as const;
