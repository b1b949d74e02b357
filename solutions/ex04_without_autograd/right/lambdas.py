# right: functions without a def
import torch


way_1 = torch.no_grad()(lambda fn, x: fn(x))


way_2 = torch.inference_mode()(lambda fn, x: fn(x))


way_3 = lambda fn, x: fn(x.detach())
