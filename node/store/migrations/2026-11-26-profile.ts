/** What a structure says of itself. Links are a JSON array of addresses. */
export const up = {
  sqlite: `
alter table organization add column kind text check (kind <> '');
alter table organization add column siret text check (length(siret) = 14);
alter table organization add column rna text check (length(rna) = 10);
alter table organization add column street_address text;
alter table organization add column postal_code text;
alter table organization add column commune text check (commune <> '');
alter table organization add column code_insee text;
alter table organization add column departement text;
alter table organization add column region text;
alter table organization add column phone text;
alter table organization add column email text;
alter table organization add column website text;
alter table organization add column presentation_markdown text;
alter table organization add column presentation_html text not null default '';
alter table organization add column links text not null default '[]' check (json_valid(links))
`,
  postgres: `
alter table organization add column kind text check (kind <> '');
alter table organization add column siret text check (length(siret) = 14);
alter table organization add column rna text check (length(rna) = 10);
alter table organization add column street_address text;
alter table organization add column postal_code text;
alter table organization add column commune text check (commune <> '');
alter table organization add column code_insee text;
alter table organization add column departement text;
alter table organization add column region text;
alter table organization add column phone text;
alter table organization add column email text;
alter table organization add column website text;
alter table organization add column presentation_markdown text;
alter table organization add column presentation_html text not null default '';
alter table organization add column links text not null default '[]' check (links is json)
`,
}
