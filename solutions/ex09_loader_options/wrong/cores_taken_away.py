# fails: builds — "never below 0"
# base: solution
def make_loader(dataset, batch_size, device, n_cpu, train):
    return DataLoader(dataset, batch_size, shuffle=train, num_workers=n_cpu - 9)
