import { type AnySQLiteColumn, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { chargeCategories } from './billing'
import { programs } from './programs'

export const vendors = sqliteTable('vendors', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  retiredAt: integer('retired_at'),
})

export const productCategories = sqliteTable('product_categories', {
  id: integer('id').primaryKey(),
  parentId: integer('parent_id').references((): AnySQLiteColumn => productCategories.id, { onDelete: 'restrict' }),
  name: text('name').notNull(),
  sort: integer('sort').notNull().default(0),
})

export const products = sqliteTable('products', {
  id: integer('id').primaryKey(),
  title: text('title').notNull(),
  description: text('description'),
  vendorId: integer('vendor_id').references((): AnySQLiteColumn => vendors.id, { onDelete: 'set null' }),
  productCategoryId: integer('product_category_id').references((): AnySQLiteColumn => productCategories.id, { onDelete: 'set null' }),
  programId: integer('program_id').notNull().references(() => programs.id, { onDelete: 'restrict' }),
  chargeCategoryId: integer('charge_category_id').notNull().references(() => chargeCategories.id, { onDelete: 'restrict' }),
  imageKey: text('image_key'),
  showPortal: integer('show_portal').notNull().default(0),
  active: integer('active').notNull().default(1),
})

export const productVariants = sqliteTable('product_variants', {
  id: integer('id').primaryKey(),
  productId: integer('product_id').notNull().references((): AnySQLiteColumn => products.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  sku: text('sku'),
  cents: integer('cents').notNull(),
  saleCents: integer('sale_cents'),
  tracksStock: integer('tracks_stock').notNull().default(0),
  retiredAt: integer('retired_at'),
})
