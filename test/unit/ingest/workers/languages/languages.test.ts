import { describe, expect, it } from 'vitest';
import { languagesFormat } from '../../../../../ingest/workers/languages/languages.ts';
import { readFormat, type Read } from '../../read-format.ts';

const own = (id: string): string => id.replace(/^shop\/\/code:[^#]*#?/, '');
const read = (path: string, text: string): Promise<Read> => readFormat(languagesFormat, { [path]: text });
/** Kind, dotted name, whether it is seen outside, and its first and last line. */
const declared = ({ nodes }: Read): readonly string[] =>
  nodes.flatMap(({ kind, id, props, span }) =>
    id.startsWith('shop//code:') && kind !== 'Module'
      ? `${kind} ${own(id)}${'exported' in props && props.exported ? ' +' : ''} ${span?.line}-${span?.endLine}`
      : [],
  );
const routes = ({ keys }: Read): readonly string[] =>
  keys.flatMap((key) =>
    key.key === 'http-route'
      ? `${key.method} ${key.path} ${own(key.from)}${key.handler === undefined ? '' : ` -> ${key.handler}`} @${key.line}`
      : [],
  );
const calls = ({ keys }: Read): readonly string[] =>
  keys.flatMap((key) => (key.key === 'http-call' ? `${key.method ?? '?'} ${key.url} ${own(key.from)} @${key.line}` : []));
const imports = ({ keys }: Read): readonly string[] =>
  keys.flatMap((key) => (key.key === 'imports' ? key.items.map(({ name, members }) => [name, ...(members ?? [])].join(' ')) : []));
const cases = ({ nodes }: Read): readonly string[] => nodes.flatMap(({ kind, name }) => (kind === 'TestCase' ? name : []));

const PYTHON = `import os.path
from .models import User, Item as I
from fastapi import APIRouter
import requests

BASE = "https://stock.shop"
router = APIRouter(prefix="/users")

class Cart(Base):
    """Keeps what people buy. For a while."""
    limit: int = 5
    def __init__(self): pass
    async def add(self, item):
        def local(): pass
        return requests.post(f"{BASE}/items/{item}", json={})

@router.get("/{id}")
@cached
def get_user(id: int):
    session.get("/carts")
    return cache.get("/neither")

def _hidden(): requests.request("DELETE", BASE + "/items/%s" % 1)
`;

describe('Python', () => {
  it('declares what stands outside of functions, with decorators, and what is private', async () => {
    const facts = await read('shop/cart.py', PYTHON);
    expect(declared(facts)).toEqual([
      'Variable BASE + 6-6',
      'Variable router + 7-7',
      'Class Cart + 9-15',
      'Property Cart.limit + 11-11',
      'Constructor Cart.__init__ + 12-12',
      'Method Cart.add + 13-15',
      'Function get_user + 19-21',
      'Function _hidden 23-23',
    ]);
    expect(facts.nodes.find(({ name }) => name === 'Cart')?.props).toMatchObject({ doc: 'Keeps what people buy.' });
    expect(facts.arrows).toContain('shop//code:shop/cart.py#Cart CONTAINS shop//code:shop/cart.py#Cart.add');
    expect(facts.edges.every(({ tier }) => tier === 'heuristic')).toBe(true);
  });

  it('finds imports, routes below the prefix of their router, and calls', async () => {
    const facts = await read('shop/cart.py', PYTHON);
    expect(imports(facts)).toEqual(['os.path', '.models User Item', 'fastapi APIRouter', 'requests']);
    expect(routes(facts)).toEqual(['GET /users/{id} get_user @17']);
    expect(calls(facts)).toEqual([
      'POST {}/items/{} Cart.add @15',
      'GET /carts get_user @20',
      'DELETE https://stock.shop/items/{} _hidden @23',
    ]);
  });

  it('reads Flask and Django', async () => {
    const flask =
      'from flask import Blueprint\nbp = Blueprint("x", __name__, url_prefix="/api")\n@bp.route("/a/<int:id>", methods=["PUT", "POST"])\ndef a(id): pass\n@bp.route("/b")\ndef b(): pass\n';
    expect(routes(await read('a.py', flask))).toEqual(['PUT /api/a/{id} a @3', 'POST /api/a/{id} a @3', 'GET /api/b b @5']);
    const django =
      'from django.urls import path, re_path, include\nurlpatterns = [\n  path("a/<int:pk>/", views.Detail.as_view(), name="a"),\n  re_path(r"^b/(?P<id>[0-9]+)$", views.b),\n  path("c/", include("c.urls")),\n]\n';
    expect(routes(await read('urls.py', django))).toEqual([
      'ANY /a/{pk}/ urlpatterns -> views.Detail @3',
      'ANY /b/{id} urlpatterns -> views.b @4',
    ]);
  });

  it('finds tests by name in test files only', async () => {
    const text =
      'def test_adds(): pass\nclass TestCart:\n    def test_total(self):\n        def test_local(): pass\n    def helper(self): pass\n';
    expect(cases(await read('tests/test_cart.py', text))).toEqual(['test_adds', 'TestCart > test_total']);
    expect(cases(await read('shop/cart.py', text))).toEqual([]);
  });

  it('says which criterion a comment verifies', async () => {
    const { keys } = await read('a.py', '# @verifies cart/AC-1\ndef adds(): pass\n\ndef other():\n    # @satisfies cart/AC-2\n    pass\n');
    expect(keys.flatMap((key) => (key.key === 'verifies' ? `${own(key.from)} ${key.tag} ${key.ref}` : []))).toEqual([
      'adds verifies cart/AC-1',
      'other satisfies cart/AC-2',
    ]);
  });
});

const GO = `package shop

import (
	"net/http"
	stock "example.com/shop/stock"
	"github.com/go-chi/chi/v5"
)

const base = "https://stock.shop"

// Server serves the shop. It has no state.
type Server struct{ Name string }

type Store interface{ Find(id int) error }

var A, b = 1, 2

func (s *Server) GetUser(w http.ResponseWriter, r *http.Request) {
	http.Get(base + "/items/" + id)
	req, _ := http.NewRequestWithContext(ctx, http.MethodPut, fmt.Sprintf("%s/items/%d", base, id), nil)
	s.cache.Get("/key")
}

func routes(r chi.Router) {
	r.Get("/health", health)
	r.Route("/v1", func(r chi.Router) {
		r.Post("/users", s.Create)
		r.Route("/admin", func(r chi.Router) { r.Delete("/users/{id}", func(w http.ResponseWriter, r *http.Request) {}) })
	})
	api := r.Group("/api")
	api.GET("/carts/:id", health)
	http.HandleFunc("PATCH /items/{id...}", health)
	m.HandleFunc("/pay", health).Methods("POST")
}

func health() {}
`;

describe('Go', () => {
  it('declares types, members, variables and methods of the types they belong to', async () => {
    const facts = await read('shop/server.go', GO);
    expect(declared(facts)).toEqual([
      'Variable base 9-9',
      'Class Server + 12-12',
      'Property Server.Name + 12-12',
      'Interface Store + 14-14',
      'Method Store.Find + 14-14',
      'Variable A + 16-16',
      'Variable b 16-16',
      'Method Server.GetUser + 18-22',
      'Function routes 24-34',
      'Function health 36-36',
    ]);
    expect(facts.nodes.find(({ name }) => name === 'Server')?.props).toMatchObject({ doc: 'Server serves the shop.' });
    expect(facts.nodes.find(({ name }) => name === 'Name')?.props).not.toHaveProperty('doc');
    expect(facts.arrows).toContain('shop//code:shop/server.go#Server CONTAINS shop//code:shop/server.go#Server.GetUser');
  });

  it('finds routes of every kind of router, below their groups, and calls', async () => {
    const facts = await read('shop/server.go', GO);
    expect(imports(facts)).toEqual(['net/http', 'example.com/shop/stock', 'github.com/go-chi/chi/v5']);
    expect(routes(facts)).toEqual([
      'GET /health health @25',
      'POST /v1/users routes -> s.Create @27',
      'DELETE /v1/admin/users/{id} routes @28',
      'GET /api/carts/{id} health @31',
      'PATCH /items/{id} health @32',
      'POST /pay health @33',
    ]);
    expect(calls(facts)).toEqual([
      'GET https://stock.shop/items/{} Server.GetUser @19',
      'PUT https://stock.shop/items/{} Server.GetUser @20',
    ]);
  });

  it('finds tests and their named parts', async () => {
    const text =
      'package shop\nfunc TestCart(t *testing.T) {\n t.Run("adds", func(t *testing.T) { t.Run("twice", func(t *testing.T) {}) })\n t.Run(tc.name, func(t *testing.T) {})\n}\nfunc Testify() {}\nfunc helper() {}\n';
    const facts = await read('cart_test.go', text);
    expect(cases(facts)).toEqual(['TestCart', 'TestCart > adds', 'TestCart > adds > twice']);
    expect(facts.keys[0]).toMatchObject({ key: 'declares', test: true });
  });
});

const RUST = `use crate::models::{User, item::Item as I};
mod api;
const BASE: &str = "https://stock.shop";

/// Keeps what people buy. For a while.
pub struct Cart { pub limit: u32 }

impl Cart {
    pub fn add(&self) { fn local() {} }
}
impl Store for Cart { fn find(&self) {} }
pub trait Store { fn find(&self); }
pub enum State { Open, Paid }

#[get("/users/{id}")]
#[instrument]
async fn get_user() {
    reqwest::get(format!("{}/items/{id}", BASE)).await;
    client.post("https://pay.shop/charges").send();
    map.get("key");
}

fn app() -> Router {
    Router::new().route("/carts", get(list).post(api::create)).route("/pay", web::put().to(pay))
}
fn list() {}

#[cfg(test)]
mod tests {
    #[test]
    fn adds() {}
    #[tokio::test]
    async fn waits() {}
}
`;

describe('Rust', () => {
  it('declares items, and members of the types that impl blocks are of', async () => {
    expect(declared(await read('src/cart.rs', RUST))).toEqual([
      'Variable BASE 3-3',
      'Class Cart + 6-6',
      'Property Cart.limit + 6-6',
      'Method Cart.add + 9-9',
      'Method Cart.find 11-11',
      'Interface Store + 12-12',
      'Method Store.find + 12-12',
      'Enum State + 13-13',
      'EnumMember State.Open + 13-13',
      'EnumMember State.Paid + 13-13',
      'Function get_user 17-21',
      'Function app 23-25',
      'Function list 26-26',
      'Namespace tests 29-34',
      'Function tests.adds 31-31',
      'Function tests.waits 33-33',
    ]);
  });

  it('finds imports, routes, calls and tests', async () => {
    const facts = await read('src/cart.rs', RUST);
    expect(imports(facts)).toEqual(['crate::models::User', 'crate::models::item::Item', 'self::api']);
    expect(routes(facts)).toEqual([
      'GET /users/{id} get_user @15',
      'GET /carts list @24',
      'POST /carts app -> api.create @24',
      'PUT /pay app -> pay @24',
    ]);
    expect(calls(facts)).toEqual(['GET {}/items/{} get_user @18', 'POST https://pay.shop/charges get_user @19']);
    expect(cases(facts)).toEqual(['tests > adds', 'tests > waits']);
  });
});

const JAVA = `package com.shop;

import com.shop.model.User;
import static com.shop.Money.of;
import java.util.*;

/** Serves users. And nobody else. */
@RestController
@RequestMapping("/api")
public class UserController {
  private static final String BASE = "https://stock.shop";
  UserController() {}
  @GetMapping("/users/{id:[0-9]+}")
  public User get(int id) { return rest.getForObject(BASE + "/items/" + id, Item.class); }
  @RequestMapping(path = {"/a", "/b"}, method = RequestMethod.POST) void both() {
    webClient.put().uri("/carts/{id}", id);
    HttpRequest.newBuilder(URI.create(BASE)).POST(body).build();
    map.put("/key", 1);
  }
  enum State { OPEN }
}

@FeignClient(name = "stock")
interface StockClient { @GetMapping("/items/{id}") Item item(); }

@Path("carts")
class CartResource { @GET @Path("{id}") public Cart one() {} @DELETE public void all() {} }
`;

describe('Java', () => {
  it('declares types and members', async () => {
    const facts = await read('src/main/java/com/shop/UserController.java', JAVA);
    expect(declared(facts)).toEqual([
      'Class UserController + 10-21',
      'Property UserController.BASE 11-11',
      'Constructor UserController.constructor 12-12',
      'Method UserController.get + 14-14',
      'Method UserController.both 15-19',
      'Enum UserController.State 20-20',
      'EnumMember UserController.State.OPEN + 20-20',
      'Interface StockClient 24-24',
      'Method StockClient.item + 24-24',
      'Class CartResource 27-27',
      'Method CartResource.one + 27-27',
      'Method CartResource.all + 27-27',
    ]);
    expect(facts.nodes.find(({ name }) => name === 'UserController')?.props).toMatchObject({ doc: 'Serves users.' });
  });

  it('finds imports, routes, and calls, declared ones too', async () => {
    const facts = await read('src/main/java/com/shop/UserController.java', JAVA);
    expect(imports(facts)).toEqual(['com.shop.model.User', 'com.shop.Money.of', 'java.util.*']);
    expect(routes(facts)).toEqual([
      'GET /api/users/{id} UserController.get @13',
      'POST /api/a UserController.both @15',
      'POST /api/b UserController.both @15',
      'GET /carts/{id} CartResource.one @27',
      'DELETE /carts CartResource.all @27',
    ]);
    expect(calls(facts)).toEqual([
      'GET https://stock.shop/items/{} UserController.get @14',
      'PUT /carts/{id} UserController.both @16',
      'POST https://stock.shop UserController.both @17',
      'GET /items/{id} StockClient.item @24',
    ]);
  });

  it('finds JUnit tests', async () => {
    const text =
      'class CartTest { @Test void adds() {} @ParameterizedTest @ValueSource(ints = 1) void sums(int i) {} @BeforeEach void setUp() {} }';
    expect(cases(await read('src/test/java/CartTest.java', text))).toEqual(['CartTest > adds', 'CartTest > sums']);
  });
});

describe('any language', () => {
  it('knows packages by their manifests', async () => {
    const { keys, things } = await read('services/stock/go.mod', '// stock\nmodule example.com/stock\n\ngo 1.22\n');
    expect(things).toEqual(['Package shop//pkg:example.com/stock']);
    expect(keys).toEqual([{ key: 'package', id: 'shop//pkg:example.com/stock', name: 'example.com/stock', folder: 'services/stock' }]);
    expect((await read('Cargo.toml', '[workspace]\nmembers = []\n[package]\nversion = "1"\nname = "shop-core"\n')).things).toEqual([
      'Package shop//pkg:shop-core',
    ]);
    expect((await read('Cargo.toml', '[workspace]\nname = "no"\n')).things).toEqual([]);
  });

  it('reads what it can of text that is broken', async () => {
    expect(declared(await read('a.py', 'def whole(): pass\nclass (:\ndef after(): pass\n'))).toContain('Function whole + 1-1');
    expect(declared(await read('a.go', 'package a\nfunc Whole() {}\nfunc {{{'))).toContain('Function Whole + 2-2');
  });

  it('takes hostile text in its stride', async () => {
    const started = performance.now();
    const texts = [
      '',
      '\uFEFF',
      '\0\ud800'.repeat(1000),
      '('.repeat(5000),
      `x = ${'f('.repeat(5000)}`,
      `a.get(${'"x" + '.repeat(5000)}`,
      `class __proto__:\n  constructor = 1\n${'def f(): pass\n'.repeat(3000)}`,
      'fn a() {'.repeat(3000),
      'func(){'.repeat(3000),
      '// @verifies x/y\n'.repeat(2000),
      'x'.repeat(2_000_001),
    ];
    for (const file of ['a.py', 'a.go', 'a.rs', 'A.java']) for (const text of texts) await read(file, text);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect((await read('a.py', 'x'.repeat(2_000_001))).diagnostics).toEqual([expect.objectContaining({ code: 'too-large' })]);
  }, 30_000);
});
