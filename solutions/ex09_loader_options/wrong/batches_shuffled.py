# fails: order, each_row_once — "The batches are shuffled"
# base: solution
class Batches:
    def __init__(self, batches, train):
        self.batches, self.train = batches, train

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        order = torch.randperm(len(self.batches)) if self.train else torch.arange(len(self.batches))
        return iter([self.batches[i].tolist() for i in order])


def make_loader(dataset: Dataset, batch_size: int, device: str, n_cpu: int, train: bool) -> DataLoader:
    on_cuda = device == "cuda"
    num_workers = n_cpu if on_cuda else 0
    batches = list(torch.arange(len(dataset)).split(batch_size))
    return DataLoader(
        dataset,
        batch_sampler=Batches(batches, train),
        num_workers=num_workers,
        persistent_workers=num_workers > 0,
        pin_memory=on_cuda,
    )
