interface Person {
  name: string;
}

interface Employee extends Person {
  department: string;
}

export async function badge(id: string): Promise<string> {
  const employee: Employee = await fetch(`https://staff.acme.test/employees/${id}`).then((res) => res.json());
  return `${employee.name}, ${employee.department}`;
}
