-- Quotas are counted by route (operationId), no longer by scope: each route gets what its scope had.

insert into quota (partner_id, route_class, requests, window_seconds, version, set_at)
select q.partner_id, r.route, q.requests, q.window_seconds, q.version, q.set_at
from quota q join (values
  ('orders:write', 'placeOrder'), ('orders:write', 'changeOrder'), ('orders:write', 'cancelOrder'),
  ('orders:batch', 'placeOrders'),
  ('orders:read', 'getOrder'), ('orders:read', 'findOrders'), ('orders:read', 'getOrderTimeline'),
  ('masterdata:write', 'putProduct'), ('masterdata:write', 'putProducts'), ('masterdata:write', 'putSalesAccount'),
  ('masterdata:read', 'getProduct'), ('masterdata:read', 'getSalesAccount'),
  ('postings:read', 'getPosting'), ('postings:read', 'searchPostings'),
  ('trace:read', 'getTrace')) r (scope, route) on r.scope = q.route_class
on conflict do nothing;

delete from quota where route_class like '%:%';
delete from quota_bucket;
