import type { Json } from "../../../lib/json.ts";
import type { SampleWish, SourceSample } from "../../../lib/protocol/sample.ts";
import type { HttpResourceConfig } from "../../../lib/source/http/resource.ts";
import { withOverlap } from "../../../lib/source/http/since.ts";
import type { Collection, ListWish, Page, ParentObject } from "../collection.ts";
import { findItems } from "../find-items.ts";
import { sampleRows } from "../sample-rows.ts";
import { configFingerprint } from "../fingerprints.ts";
import type { HttpClient } from "../over-http/http-client.ts";
import { itemAddress, listAddress } from "../over-http/addresses-of.ts";
import { openPaginator } from "../over-http/paginators/open-paginator.ts";
import type { Paginator } from "../over-http/paginators/paginator.ts";
import { readItem } from "../over-http/read-page.ts";
import { readPages } from "../over-http/read-pages.ts";
import { takeSample } from "../over-http/take-sample.ts";

/** A JSON collection behind an HTTP API. */
export class HttpCollection implements Collection {
  readonly place: string;
  readonly type: string;
  readonly parent: Collection["parent"];
  readonly fingerprint: string;
  readonly concurrency: number;
  readonly incremental: Collection["incremental"];
  readonly canAskForOne: boolean;
  private readonly paginator: Paginator;

  constructor(
    private readonly client: HttpClient,
    private readonly resource: HttpResourceConfig,
  ) {
    const { parent, path, full_every, incremental, item_path } = resource;
    this.place = `${client.config.base_url.replace(/\/$/, "")}${path}`;
    this.type = resource.type;
    this.parent = parent && { source: parent.source, kind: parent.kind };
    this.concurrency = client.config.concurrency;
    this.incremental = incremental ? { fullEveryMinutes: full_every } : null;
    this.canAskForOne = item_path !== undefined;
    this.paginator = openPaginator(resource.paginator);
    const { base_url } = client.config;
    this.fingerprint = configFingerprint({ base_url, ...resource });
  }

  pages({ since, ...wish }: ListWish): AsyncIterable<Page> {
    const list = this.listUrl(wish.parent, since);
    return readPages(this.client, this.resource, this.paginator, { list, ...wish, inParts: true });
  }

  one(key: string, parent: ParentObject | null): Promise<Page | null> {
    return readItem(this.client, this.resource, itemAddress(this.client, this.resource, key, parent), {
      key,
      parent,
    });
  }

  sample(
    { primary_key, map: _map, ...wish }: SampleWish,
    parent: ParentObject | null,
  ): Promise<SourceSample> {
    const keys = primary_key === undefined ? {} : { primary_key: [primary_key].flat() };
    const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
    const resource: HttpResourceConfig = { ...this.resource, ...given, ...keys };
    return takeSample(this.client, resource, listAddress(this.client, resource, parent), (items) => {
      const found = findItems(items, resource, parent);
      return { keys: found.keys, problems: found.problems, rows: sampleRows(items, found) };
    });
  }

  private listUrl(parent: ParentObject | null, since: Json): URL {
    const url = listAddress(this.client, this.resource, parent);
    const { incremental } = this.resource;
    const start = incremental ? withOverlap(since, incremental.overlap) : null;
    if (incremental && start !== null) url.searchParams.set(incremental.start_param, start);
    return url;
  }
}
