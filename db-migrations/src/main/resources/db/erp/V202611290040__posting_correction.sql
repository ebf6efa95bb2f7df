-- Why the last message made further documents, after the ERP had made its own of the order; null if it made none.
alter table posting add column correction text check (correction in ('change', 'cancellation'));
