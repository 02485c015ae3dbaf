//! What a text says of its outlet, title, date and address.
