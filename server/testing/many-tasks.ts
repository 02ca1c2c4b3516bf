/** A file with this many tasks, each with lines of its own. */
export function manyTasks(count: number): string {
  const tasks = Array.from({ length: count }, (_, i) => {
    const id = i + 1;
    return `  - id: ${id}
    skill_name: job-${id} # number ${id}
    schedule_cron: "${(id * 4 - 1) % 60} ${id % 24} * * *"
    status: active
    description: Task ${id}.
`;
  });
  return `tasks:\n${tasks.join("")}`;
}
