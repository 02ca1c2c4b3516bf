const head = (origin: string, concurrency: number) => `sources:
  - kind: http
    client: { base_url: ${origin}, allow_private: true, concurrency: ${concurrency} }
    is_sync_enabled: true
    sync_interval_minutes: 1440
    resources:
`;

/** The `sources.yml` of one list in pages. */
export function pagesList(origin: string, concurrency: number): string {
  return `${head(origin, concurrency)}      - id: objects
        path: /objects
        data_selector: $.items
        paginator: { type: page_number, total_path: $.total }
        incremental: { cursor_path: updated_at, start_param: updated_since }
        full_every: 10080
`;
}

/** The `sources.yml` of four lists that hang from one another. */
export function familyList(origin: string, concurrency: number): string {
  const single = "data_selector: $.items\n        paginator: { type: single_page }";
  return `${head(origin, concurrency)}      - id: directories
        path: /directories
        ${single}
      - id: projects
        path: /projects
        parent: { resource: directories, field: directory_id }
        ${single}
      - id: phases
        path: /projects/{projects.id}/phases
        ${single}
      - id: elevations
        path: /phases/{phases.id}/elevations
        ${single}
`;
}
