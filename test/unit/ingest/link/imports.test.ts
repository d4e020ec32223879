import { describe, expect, it } from 'vitest';
import { keysText, readKeys } from '../../../../ingest/keys.ts';
import { importsLinker } from '../../../../ingest/link/imports.ts';
import { languagesFormat } from '../../../../ingest/workers/languages/languages.ts';
import { readFormat } from '../read-format.ts';

/** `from -> to` for files with these texts, paths only. */
async function link(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const units = [];
  for (const [path, text] of Object.entries(files)) {
    const { keys } = await readFormat(languagesFormat, { [path]: text });
    units.push({ id: path, repo: 'shop', path, keys: keysText(keys) });
  }
  const { edges } = importsLinker.link('shop', readKeys(units));
  return edges.map(({ from, to }) => `${from} -> ${to}`.replaceAll('shop//code:', '')).sort();
}

describe('imports', () => {
  it('of Python lead to modules and packages, relative or below a source folder, and never to other people’s', async () => {
    expect(
      await link({
        'src/shop/cart.py':
          'import os\nimport shop.money\nfrom . import stock, VERSION\nfrom ..tools import run\nfrom shop.models import User\nfrom missing import x\n',
        'src/shop/__init__.py': '',
        'src/shop/money.py': '',
        'src/shop/stock.py': '',
        'src/shop/models/__init__.py': '',
        'src/tools.py': '',
        'tests/test_cart.py': 'from shop.cart import Cart\n',
        'elsewhere/os.py': '',
      }),
    ).toEqual([
      'src/shop/cart.py -> src/shop/__init__.py',
      'src/shop/cart.py -> src/shop/models/__init__.py',
      'src/shop/cart.py -> src/shop/money.py',
      'src/shop/cart.py -> src/shop/stock.py',
      'src/shop/cart.py -> src/tools.py',
      'tests/test_cart.py -> src/shop/cart.py',
    ]);
  });

  it('of Go lead to the files of a package, its tests aside', async () => {
    expect(
      await link({
        'go.mod': 'module example.com/shop\n',
        'main.go': 'package main\nimport "example.com/shop/stock"\nimport "example.com/other"\nimport "fmt"\n',
        'stock/stock.go': 'package stock\n',
        'stock/item.go': 'package stock\n',
        'stock/stock_test.go': 'package stock\n',
        'other/other.go': 'package other\n',
      }),
    ).toEqual(['main.go -> stock/item.go', 'main.go -> stock/stock.go']);
  });

  it('of Rust lead along modules and to other crates', async () => {
    expect(
      await link({
        'core/Cargo.toml': '[package]\nname = "shop-core"\n',
        'core/src/lib.rs': 'pub mod cart;\nmod models;\n',
        'core/src/cart.rs': 'use crate::models::user::User;\nuse super::models;\nuse std::fmt;\nmod line;\n',
        'core/src/cart/line.rs': 'use super::Cart;\nuse crate::VERSION;\n',
        'core/src/models/mod.rs': 'pub mod user;\n',
        'core/src/models/user.rs': '',
        'web/src/main.rs': 'use shop_core::cart::Cart;\n',
      }),
    ).toEqual([
      'core/src/cart.rs -> core/src/cart/line.rs',
      'core/src/cart.rs -> core/src/models/mod.rs',
      'core/src/cart.rs -> core/src/models/user.rs',
      'core/src/cart/line.rs -> core/src/cart.rs',
      'core/src/cart/line.rs -> core/src/lib.rs',
      'core/src/lib.rs -> core/src/cart.rs',
      'core/src/lib.rs -> core/src/models/mod.rs',
      'core/src/models/mod.rs -> core/src/models/user.rs',
      'web/src/main.rs -> core/src/cart.rs',
    ]);
  });

  it('of Java lead to classes, of copies to the nearest', async () => {
    expect(
      await link({
        'a/src/main/java/com/shop/Cart.java':
          'package com.shop; import com.shop.model.User; import static com.shop.Money.of; import com.shop.dto.*; import java.util.List;',
        'a/src/main/java/com/shop/model/User.java': '',
        'b/src/main/java/com/shop/model/User.java': '',
        'a/src/main/java/com/shop/Money.java': '',
        'a/src/main/java/com/shop/dto/CartDto.java': '',
        'a/src/main/java/org/dto/Other.java': '',
      }),
    ).toEqual([
      'a/src/main/java/com/shop/Cart.java -> a/src/main/java/com/shop/Money.java',
      'a/src/main/java/com/shop/Cart.java -> a/src/main/java/com/shop/dto/CartDto.java',
      'a/src/main/java/com/shop/Cart.java -> a/src/main/java/com/shop/model/User.java',
    ]);
  });
});
