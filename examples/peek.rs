fn main() {
    let mut session = tallymark::session::Session::new("anna");
    let args: Vec<String> = std::env::args().skip(1).collect();
    let files: Vec<(String, Vec<u8>)> = args.iter().filter(|a| !a.starts_with("--")).map(|p| (p.rsplit('/').next().unwrap().to_owned(), std::fs::read(p).unwrap())).collect();
    let refs: Vec<(&str, &[u8])> = files.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    session.add_articles(&refs);
    let keys: Vec<_> = session.workspace().articles.keys().cloned().collect();
    for id in keys { let p: Vec<_> = session.pending(&id).iter().map(|s| s.key()).collect(); for k in p.into_iter().step_by(2) { session.run(tallymark::session::Command::Accept(k)); } }
    let opts = eframe::NativeOptions { viewport: egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]), ..Default::default() };
    eframe::run_native("peek", opts, Box::new(move |cc| { tallymark::ui::theme::install(&cc.egui_ctx); Ok(Box::new(tallymark::ui::App::new(session))) })).unwrap();
}
